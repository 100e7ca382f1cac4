resource "aws_iam_role" "push_release" {
  name = "push-release"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "codebuild.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "push_release" {
  role = aws_iam_role.push_release.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload"]
      Resource = "arn:aws:ecr:eu-west-1:111122223333:repository/release"
    }]
  })
}

resource "aws_codebuild_project" "release" {
  name         = "release"
  service_role = aws_iam_role.push_release.arn

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
