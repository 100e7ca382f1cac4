resource "aws_ecr_pull_through_cache_rule" "gallery" {
  ecr_repository_prefix = "public-gallery"
  upstream_registry_url = "public.ecr.aws"
}
