# Judged where the team sets the parameter enabled.
resource "aws_vpc" "shop" {
  cidr_block = "10.30.0.0/16"
}

resource "aws_subnet" "tasks" {
  vpc_id     = aws_vpc.shop.id
  cidr_block = "10.30.1.0/24"
}

resource "aws_security_group" "worker" {
  name   = "ranges-worker"
  vpc_id = aws_vpc.shop.id
}

resource "aws_security_group" "api" {
  name   = "ranges-api"
  vpc_id = aws_vpc.shop.id
}

resource "aws_vpc_security_group_ingress_rule" "api" {
  security_group_id            = aws_security_group.api.id
  referenced_security_group_id = aws_security_group.worker.id
  ip_protocol                  = "tcp"
  from_port                    = 8080
  to_port                      = 8080
}

resource "aws_ecs_service" "worker" {
  name            = "ranges-worker"
  cluster         = "shop"
  task_definition = "shop-worker"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = [aws_subnet.tasks.id]
    security_groups = [aws_security_group.worker.id]
  }
}

resource "aws_ecs_service" "api" {
  name            = "ranges-api"
  cluster         = "shop"
  task_definition = "shop-api"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = [aws_subnet.tasks.id]
    security_groups = [aws_security_group.api.id]
  }
}
