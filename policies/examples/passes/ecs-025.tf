resource "aws_kms_key" "disks" {
  description         = "Ephemeral storage of Fargate"
  enable_key_rotation = true
}

resource "aws_ecs_cluster" "shop" {
  name = "disks-of-your-own"

  configuration {
    managed_storage_configuration {
      fargate_ephemeral_storage_kms_key_id = aws_kms_key.disks.arn
    }
  }
}

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = aws_ecs_cluster.shop.arn
  task_definition = "web:7"
  launch_type     = "FARGATE"
}
