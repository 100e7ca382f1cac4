resource "aws_ssm_parameter" "password" {
  name  = "/named/db-password"
  type  = "String"
  value = "a-password-in-clear"
}
