resource "aws_security_group" "balancer_web" {
  name   = "balancer-web"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_lb" "this" {
  name            = "balancer-web"
  subnets         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  security_groups = [aws_security_group.balancer_web.id]
}

resource "aws_vpc_security_group_ingress_rule" "https" {
  security_group_id = aws_security_group.balancer_web.id
  cidr_ipv4         = "0.0.0.0/0"
  ip_protocol       = "tcp"
  from_port         = 443
  to_port           = 443
}
