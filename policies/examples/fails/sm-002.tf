resource "aws_secretsmanager_secret" "db" {
  name = "rotated/db"
}
