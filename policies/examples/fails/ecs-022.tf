resource "aws_ecs_task_definition" "api" {
  family = "efs-api"

  volume {
    name = "uploads"

    efs_volume_configuration {
      file_system_id     = "fs-0123456789abcdef0"
      transit_encryption = "DISABLED"
    }
  }

  container_definitions = jsonencode([{
    name  = "api"
    image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop/api:3f9c2ab"
  }])
}
