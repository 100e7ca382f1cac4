resource "aws_ecs_task_definition" "api" {
  family = "registry-api"
  container_definitions = jsonencode([{
    name  = "api"
    image = "docker.io/acme/api:3f9c2ab"
  }])
}
