resource "aws_ecr_pull_through_cache_rule" "kubernetes" {
  ecr_repository_prefix = "kubernetes"
  upstream_registry_url = "registry.k8s.io"
}
