resource "aws_ecr_repository" "api" {
  name = "pipeline/api"
}

resource "aws_ecr_repository_policy" "api" {
  repository = aws_ecr_repository.api.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Push"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:role/developers" }
      Action    = ["ecr:PutImage", "ecr:InitiateLayerUpload", "ecr:UploadLayerPart", "ecr:CompleteLayerUpload"]
    }]
  })
}
