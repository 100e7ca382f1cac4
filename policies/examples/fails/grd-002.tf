# Tasks run on Fargate, and GuardDuty has no agent in them.
resource "aws_guardduty_detector" "this" {
  enable = true
}

resource "aws_ecs_service" "api" {
  name            = "watched"
  cluster         = "shop"
  task_definition = "shop-api"
  launch_type     = "FARGATE"
}
