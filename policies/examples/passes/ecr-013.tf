resource "aws_ecr_registry_policy" "this" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Cache"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:role/cache" }
      Action    = ["ecr:BatchImportUpstreamImage"]
      Resource  = "arn:aws:ecr:eu-west-1:111122223333:repository/cache/*"
    }]
  })
}
