resource "aws_ecs_cluster" "metrics" {
  name = "metrics"

  setting {
    name  = "containerInsights"
    value = "enabled"
  }
}
