resource "aws_cloudwatch_log_group" "rescan" {
  name              = "/aws/lambda/logs-kept"
  retention_in_days = 365
}

resource "aws_lambda_function" "rescan" {
  function_name = "logs-kept"
  role          = "arn:aws:iam::111122223333:role/rescan"
  package_type  = "Image"
  image_uri     = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/rescan:1"
}
