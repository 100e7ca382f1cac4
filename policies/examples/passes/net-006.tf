# Judged where the team sets the parameter enabled.
resource "aws_vpc" "shop" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "tasks" {
  vpc_id     = aws_vpc.shop.id
  cidr_block = "10.20.1.0/24"
}

resource "aws_ecs_service" "api" {
  name            = "private"
  cluster         = "shop"
  task_definition = "shop-api"
  launch_type     = "FARGATE"

  network_configuration {
    subnets = [aws_subnet.tasks.id]
  }
}

resource "aws_vpc_endpoint" "layers" {
  vpc_id       = aws_vpc.shop.id
  service_name = "com.amazonaws.eu-west-1.s3"
}

resource "aws_vpc_endpoint" "services" {
  for_each = toset(["ecr.api", "ecr.dkr", "logs", "ssm", "secretsmanager", "kms"])

  vpc_id              = aws_vpc.shop.id
  service_name        = "com.amazonaws.eu-west-1.${each.key}"
  vpc_endpoint_type   = "Interface"
  private_dns_enabled = true
  subnet_ids          = [aws_subnet.tasks.id]
}
