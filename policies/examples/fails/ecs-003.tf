resource "aws_ecs_task_definition" "api" {
  family = "gallery-api"
  container_definitions = jsonencode([{
    name  = "api"
    image = "public.ecr.aws/a1b2c3d4/proxy:1.27.4"
  }])
}
