resource "aws_ssm_parameter" "callback" {
  name  = "/plain/callback"
  type  = "String"
  value = "https://shop:a-password@partner.example/hook"
}
