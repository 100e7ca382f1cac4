resource "aws_ecr_repository" "api" {
  name = "scan/api"

  image_scanning_configuration {
    scan_on_push = true
  }
}
