resource "aws_ssm_parameter" "callback" {
  name  = "/plain/callback"
  type  = "String"
  value = "https://partner.example/hook"
}
