resource "aws_ssm_document" "restart" {
  name          = "public-restart"
  document_type = "Command"

  content = jsonencode({
    schemaVersion = "2.2"
    description   = "Restart the shop"
    mainSteps     = [{ action = "aws:runShellScript", name = "restart", inputs = { runCommand = ["systemctl restart shop"] } }]
  })

  permissions = {
    type        = "Share"
    account_ids = "All"
  }
}
