# GuardDuty is on, and no rule sends its findings on.
resource "aws_guardduty_detector" "this" {
  enable = true
}
