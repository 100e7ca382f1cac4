resource "aws_ecs_cluster" "shop" {
  name = "disks-of-aws"
}

resource "aws_ecs_service" "web" {
  name            = "web"
  cluster         = aws_ecs_cluster.shop.arn
  task_definition = "web:7"
  launch_type     = "FARGATE"
}
