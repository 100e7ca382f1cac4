resource "aws_ecr_repository" "api" {
  name = "unreadable/api"
}

resource "aws_ecs_task_definition" "api" {
  family = "unreadable-api"
  container_definitions = jsonencode([{
    name  = "api"
    image = "${aws_ecr_repository.api.repository_url}:3f9c2ab"
  }])
}
