resource "aws_iam_role" "push_merges" {
  name = "push-merges"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "push_merges" {
  role = aws_iam_role.push_merges.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload"]
      Resource = "arn:aws:ecr:eu-west-1:111122223333:repository/merges"
    }]
  })
}

resource "aws_codebuild_project" "merges" {
  name         = "merges"
  service_role = aws_iam_role.push_merges.arn

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
    type      = "GITHUB"
    location  = "https://github.com/acme/shop.git"
    buildspec = "version: 0.2\nphases:\n  build:\n    commands:\n      - docker build -t $IMAGE .\n      - docker push $IMAGE\n"
  }
}

resource "aws_codebuild_webhook" "merges" {
  project_name = aws_codebuild_project.merges.name

  filter_group {
    filter {
      type    = "EVENT"
      pattern = "PULL_REQUEST_CREATED"
    }
  }
}
