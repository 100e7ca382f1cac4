resource "aws_security_group" "balancer_admin" {
  name   = "balancer-admin"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_lb" "this" {
  name            = "balancer-admin"
  subnets         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  security_groups = [aws_security_group.balancer_admin.id]
}

resource "aws_vpc_security_group_ingress_rule" "ssh" {
  security_group_id = aws_security_group.balancer_admin.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
}
