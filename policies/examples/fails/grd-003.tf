# The tag of the cluster keeps GuardDuty's agent out of its tasks.
resource "aws_guardduty_detector" "this" {
  enable = true
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

resource "aws_ecs_cluster" "shop" {
  name = "coverage"
  tags = {
    GuardDutyManaged = "false"
  }
}

resource "aws_ecs_task_definition" "api" {
  family                   = "coverage-api"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  execution_role_arn       = "arn:aws:iam::111122223333:role/ecs-execution"
  container_definitions = jsonencode([{
    name  = "api"
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:3f9c2ab"
  }])
}

resource "aws_ecs_service" "api" {
  name            = "coverage"
  cluster         = aws_ecs_cluster.shop.id
  task_definition = aws_ecs_task_definition.api.arn
  launch_type     = "FARGATE"
}
