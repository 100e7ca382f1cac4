resource "aws_ecs_task_definition" "api" {
  family = "mounts-api"

  volume {
    name = "scratch"
  }

  container_definitions = jsonencode([{
    name  = "api"
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/api:3f9c2ab"
  }])
}
