resource "aws_ssm_document" "restart" {
  name          = "private-restart"
  document_type = "Command"

  content = jsonencode({
    schemaVersion = "2.2"
    description   = "Restart the shop"
    mainSteps     = [{ action = "aws:runShellScript", name = "restart", inputs = { runCommand = ["systemctl restart shop"] } }]
  })
}
