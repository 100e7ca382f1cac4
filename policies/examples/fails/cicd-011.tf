resource "aws_lambda_permission" "schedule" {
  action        = "lambda:InvokeFunction"
  function_name = "rescan"
  principal     = "events.amazonaws.com"
}
