resource "aws_ecs_task_definition" "api" {
  family = "variables-api"
  container_definitions = jsonencode([{
    name        = "api"
    image       = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/api:3f9c2ab"
    environment = [{ name = "DB_HOST", value = "db.internal" }]
    secrets     = [{ name = "DB_PASSWORD", valueFrom = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-a1b2c3" }]
  }])
}
