resource "aws_ssm_parameter" "login" {
  name  = "/mapped/login"
  type  = "SecureString"
  value = "set-outside-of-terraform"
}

resource "aws_ecs_task_definition" "api" {
  family = "mapped-api"
  container_definitions = jsonencode([{
    name    = "api"
    image   = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/api:3f9c2ab"
    secrets = [{ name = "DB_LOGIN", valueFrom = aws_ssm_parameter.login.name }]
  }])
}
