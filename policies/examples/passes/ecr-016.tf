# Replication copies images to Frankfurt, and the copy keeps the guard of the first repository.
terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.frankfurt]
    }
  }
}

resource "aws_ecr_replication_configuration" "this" {
  replication_configuration {
    rule {
      destination {
        region      = "eu-central-1"
        registry_id = "111122223333"
      }
      repository_filter {
        filter      = "copied/"
        filter_type = "PREFIX_MATCH"
      }
    }
  }
}

resource "aws_ecr_repository" "api" {
  name                 = "copied/api"
  image_tag_mutability = "IMMUTABLE"
}

resource "aws_ecr_repository" "copy" {
  provider             = aws.frankfurt
  name                 = "copied/api"
  image_tag_mutability = "IMMUTABLE"
}
