resource "aws_ecs_task_definition" "api" {
  family = "texts-api"
  container_definitions = jsonencode([{
    name    = "api"
    image   = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/api:3f9c2ab"
    command = ["sh", "-c", "serve --database \"$DATABASE_URL\""]
    secrets = [{ name = "DATABASE_URL", valueFrom = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/url-a1b2c3" }]
  }])
}
