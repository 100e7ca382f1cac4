resource "aws_security_group" "own_group" {
  name   = "own-group"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_ecs_service" "api" {
  name            = "own-group"
  cluster         = "shop"
  task_definition = "shop-api"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = ["subnet-0123456789abcdef0"]
    security_groups = [aws_security_group.own_group.id]
  }
}
