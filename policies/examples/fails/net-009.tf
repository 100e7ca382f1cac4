# Judged where the team sets the parameter enabled.
resource "aws_vpc" "shop" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "tasks" {
  vpc_id     = aws_vpc.shop.id
  cidr_block = "10.20.1.0/24"
}

resource "aws_ecs_service" "api" {
  name            = "recorded"
  cluster         = "shop"
  task_definition = "shop-api"
  launch_type     = "FARGATE"

  network_configuration {
    subnets = [aws_subnet.tasks.id]
  }
}
