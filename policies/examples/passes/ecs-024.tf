resource "aws_ecs_task_definition" "own_processes" {
  family                   = "own-processes"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  pid_mode                 = "task"
  container_definitions = jsonencode([
    { name = "api", image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1.4.2", memory = 128 },
    { name = "worker", image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1.4.2", memory = 128 },
  ])
}
