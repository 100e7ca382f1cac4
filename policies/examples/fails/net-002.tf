resource "aws_security_group" "callers_tasks" {
  name   = "callers-tasks"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_ecs_service" "api" {
  name            = "callers"
  cluster         = "shop"
  task_definition = "shop-api"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = ["subnet-0123456789abcdef0"]
    security_groups = [aws_security_group.callers_tasks.id]
  }
}

resource "aws_vpc_security_group_ingress_rule" "api" {
  security_group_id = aws_security_group.callers_tasks.id
  cidr_ipv4         = "10.0.0.0/16"
  ip_protocol       = "tcp"
  from_port         = 8080
  to_port           = 8080
}
