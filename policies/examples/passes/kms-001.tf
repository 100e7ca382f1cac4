resource "aws_kms_key" "images" {
  description         = "Images of the shop"
  enable_key_rotation = true
}

resource "aws_ecr_repository" "api" {
  name = "keys/api"

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.images.arn
  }
}
