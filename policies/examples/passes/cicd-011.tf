resource "aws_cloudwatch_event_rule" "nightly" {
  name                = "closed-nightly"
  schedule_expression = "rate(1 day)"
}

resource "aws_lambda_permission" "schedule" {
  action        = "lambda:InvokeFunction"
  function_name = "rescan"
  principal     = "events.amazonaws.com"
  source_arn    = aws_cloudwatch_event_rule.nightly.arn
}
