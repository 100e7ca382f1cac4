resource "aws_guardduty_detector" "this" {
  enable = true
}

resource "aws_sns_topic" "security" {
  name = "security-findings"
}

resource "aws_cloudwatch_event_rule" "findings" {
  name          = "guardduty-findings"
  event_pattern = jsonencode({ source = ["aws.guardduty"] })
}

resource "aws_cloudwatch_event_target" "security" {
  rule = aws_cloudwatch_event_rule.findings.name
  arn  = aws_sns_topic.security.arn
}
