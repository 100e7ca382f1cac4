resource "aws_ecr_repository" "api" {
  name = "keys/api"

  encryption_configuration {
    encryption_type = "AES256"
  }
}
