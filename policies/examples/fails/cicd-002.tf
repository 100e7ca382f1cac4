# Neither the commands nor the rights of the role have to do with images.
resource "aws_iam_role" "unit_tests" {
  name = "unit-tests"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "unit_tests" {
  role = aws_iam_role.unit_tests.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "arn:aws:logs:eu-west-1:111122223333:log-group:/aws/codebuild/unit-tests:*"
    }]
  })
}

resource "aws_codebuild_project" "unit_tests" {
  name         = "unit-tests"
  service_role = aws_iam_role.unit_tests.arn

  artifacts {
    type = "NO_ARTIFACTS"
  }
  environment {
    type            = "LINUX_CONTAINER"
    image           = "aws/codebuild/standard:7.0"
    compute_type    = "BUILD_GENERAL1_SMALL"
    privileged_mode = true
  }
  source {
    type      = "NO_SOURCE"
    buildspec = <<-YAML
      version: 0.2
      phases:
        build:
          commands:
            - npm ci
            - npm test
    YAML
  }
}
