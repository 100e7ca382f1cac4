resource "aws_ssm_document" "sessions" {
  name            = "SSM-SessionManagerRunShell"
  document_type   = "Session"
  document_format = "JSON"

  content = jsonencode({
    schemaVersion = "1.0"
    description   = "Preferences of Session Manager"
    sessionType   = "Standard_Stream"
    inputs        = { idleSessionTimeout = "20" }
  })
}
