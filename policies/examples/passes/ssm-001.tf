resource "aws_ssm_parameter" "password" {
  name             = "/named/db-password"
  type             = "SecureString"
  value_wo         = "set outside of Terraform"
  value_wo_version = 1
}

# What is no secret may be plain.
resource "aws_ssm_parameter" "log_level" {
  name  = "/named/log-level"
  type  = "String"
  value = "info"
}
