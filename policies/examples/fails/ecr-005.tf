resource "aws_ecr_repository" "api" {
  name = "bounds/api"
}

resource "aws_ecr_lifecycle_policy" "api" {
  repository = aws_ecr_repository.api.name
  policy = jsonencode({
    rules = [
      {
        rulePriority = 1
        selection    = { tagStatus = "any", countType = "imageCountMoreThan", countNumber = 2000 }
        action       = { type = "expire" }
      },
    ]
  })
}
