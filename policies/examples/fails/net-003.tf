resource "aws_security_group" "egress_tasks" {
  name   = "egress-tasks"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_ecs_service" "api" {
  name            = "egress"
  cluster         = "shop"
  task_definition = "shop-api"
  launch_type     = "FARGATE"

  network_configuration {
    subnets         = ["subnet-0123456789abcdef0"]
    security_groups = [aws_security_group.egress_tasks.id]
  }
}

resource "aws_vpc_security_group_egress_rule" "all" {
  security_group_id = aws_security_group.egress_tasks.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "-1"
}
