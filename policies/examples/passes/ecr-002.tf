resource "aws_ecr_repository" "api" {
  name = "rescan/api"
}

resource "aws_ecr_registry_scanning_configuration" "this" {
  scan_type = "ENHANCED"

  rule {
    scan_frequency = "CONTINUOUS_SCAN"
    repository_filter {
      filter      = "rescan/*"
      filter_type = "WILDCARD"
    }
  }
}
