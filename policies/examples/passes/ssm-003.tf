# The parameter is created with a placeholder; its value is set outside of Terraform.
resource "aws_ssm_parameter" "password" {
  name  = "/written/db-password"
  type  = "SecureString"
  value = "CHANGE_ME"

  lifecycle {
    ignore_changes = [value]
  }
}
