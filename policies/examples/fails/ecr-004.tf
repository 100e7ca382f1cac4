resource "aws_ecr_repository" "api" {
  name = "lifecycle/api"
}
