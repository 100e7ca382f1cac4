resource "aws_ecs_task_definition" "shared_processes" {
  family                   = "shared-processes"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512
  pid_mode                 = "task"
  container_definitions = jsonencode([
    { name = "api", image = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/api:1.4.2", memory = 128 },
    { name = "agent", image = "public.ecr.aws/datadog/agent:7.60.0", memory = 128 },
  ])
}
