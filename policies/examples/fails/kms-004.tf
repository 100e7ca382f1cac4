resource "aws_kms_key" "images" {
  description         = "Images of the shop"
  enable_key_rotation = true
  is_enabled          = false
}

resource "aws_ecr_repository" "api" {
  name = "unusable/api"

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = aws_kms_key.images.arn
  }
}
