resource "aws_ecrpublic_repository" "tools" {
  repository_name = "acme-tools"
}
