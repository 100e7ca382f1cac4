resource "aws_ssm_parameter" "written" {
  name  = "/written/db-password"
  type  = "SecureString"
  value = "Tr0ub4dor-in-the-code"
}
