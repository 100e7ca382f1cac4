resource "aws_ecs_task_definition" "api" {
  family = "gallery-api"
  container_definitions = jsonencode([{
    name  = "api"
    image = "public.ecr.aws/docker/library/nginx:1.27.4"
  }])
}
