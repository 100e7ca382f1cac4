resource "aws_ecr_repository" "api" {
  name                 = "tags/api"
  image_tag_mutability = "MUTABLE"
}
