# GuardDuty places its agent in the tasks that run on Fargate.
resource "aws_guardduty_detector" "this" {
  enable = true
}

resource "aws_ecs_service" "api" {
  name            = "watched"
  cluster         = "shop"
  task_definition = "shop-api"
  launch_type     = "FARGATE"
}

resource "aws_guardduty_detector_feature" "runtime" {
  detector_id = aws_guardduty_detector.this.id
  name        = "RUNTIME_MONITORING"
  status      = "ENABLED"

  additional_configuration {
    name   = "ECS_FARGATE_AGENT_MANAGEMENT"
    status = "ENABLED"
  }
}
