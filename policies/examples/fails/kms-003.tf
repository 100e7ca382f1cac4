resource "aws_kms_key" "secrets" {
  description = "Secrets of the shop"
}
